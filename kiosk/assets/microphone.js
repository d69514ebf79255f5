// The recorder asks the browser which sample rate the microphone has and opens its audio
// graph at that rate, whatever rate was asked of it; nobody tells the server. Reporting
// 16 kHz mono makes it open the graph at 16 kHz, and the browser's own resampler does the rest.
(() => {
  const settings = MediaStreamTrack.prototype.getSettings;
  MediaStreamTrack.prototype.getSettings = function () {
    const true_settings = settings.call(this);
    if (this.kind !== "audio") return true_settings;
    return { ...true_settings, sampleRate: 16000, channelCount: 1 };
  };
})();
