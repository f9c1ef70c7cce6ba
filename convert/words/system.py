"""The language of the system, where no environment variable says it: Windows and macOS keep it elsewhere."""

from __future__ import annotations

import sys


def language() -> str:
    """The user's language as the system has it, such as `zh_CN`; empty where it does not say."""
    try:
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            return _macos()
    except (OSError, AttributeError, ValueError):
        pass
    return ""


def _windows() -> str:
    import ctypes
    import locale

    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]
    return locale.windows_locale.get(number, "")


def _macos() -> str:
    import ctypes

    core = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
    for name in ("CFLocaleCopyCurrent", "CFLocaleGetIdentifier"):
        getattr(core, name).restype = ctypes.c_void_p
    core.CFLocaleGetIdentifier.argtypes = [ctypes.c_void_p]
    core.CFStringGetCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_long, ctypes.c_uint32]
    held = ctypes.create_string_buffer(64)
    utf8 = 0x08000100
    found = core.CFStringGetCString(core.CFLocaleGetIdentifier(core.CFLocaleCopyCurrent()), held, len(held), utf8)
    return held.value.decode() if found else ""
