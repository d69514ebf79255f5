// A plug-in of the screen's engine that this kiosk does not use loads its script from another
// host as soon as the page opens. Nothing may leave this machine: a script of another origin is
// not even asked for. (The security policy would refuse it as well; this keeps the log clean.)
(() => {
  const src = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "src");
  Object.defineProperty(HTMLScriptElement.prototype, "src", {
    ...src,
    set(value) {
      const url = new URL(value, document.baseURI);
      if (url.origin === location.origin || url.protocol === "blob:") src.set.call(this, value);
    },
  });
})();
