"""The screen: one page, drawn by Flet in a browser on the same machine.

``model`` is what is on the screen; ``controller`` changes it; the ``@ft.component`` files draw
it; ``theme`` is how it looks; ``microphone`` and ``player`` are the browser's ear and mouth.
"""
