"""The policy that keeps everything else off the tablet. It knows nothing of the other rooms."""
