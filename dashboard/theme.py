"""The look of the pages, as Streamlit's options: paper, ink, one accent, serif headlines."""

_SERIF = "Georgia, 'Source Serif', 'Liberation Serif', 'Times New Roman', serif"

_SHARED = {
    "headingFont": _SERIF,
    "baseFontSize": "17",
    "baseRadius": "2px",
    "showWidgetBorder": "true",
}
_LIGHT = {
    "primaryColor": "#9B2C1F",
    "backgroundColor": "#FDFCFA",
    "secondaryBackgroundColor": "#F3F0EA",
    "textColor": "#1B1A18",
    "linkColor": "#9B2C1F",
}
_DARK = {
    "primaryColor": "#EE9480",
    "backgroundColor": "#171614",
    "secondaryBackgroundColor": "#232120",
    "textColor": "#ECE8E1",
    "linkColor": "#EE9480",
}


def make_theme_options() -> dict[str, str]:
    """Return the options of the theme, by their names on the command line."""
    groups = (("theme", _SHARED), ("theme.light", _LIGHT), ("theme.dark", _DARK))
    return {f"{group}.{key}": value for group, keys in groups for key, value in keys.items()}
