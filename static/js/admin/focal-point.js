// Jcrop finds out whether there is a touch screen by a script in an attribute, which this site allows to nobody.
window.jQuery.Jcrop.defaults.touchSupport = navigator.maxTouchPoints > 0;
