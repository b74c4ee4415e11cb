"""Colors and fonts are about nobody."""

NOT_PERSONAL = {
    "appearance.Appearance": (
        "palette accent_color action_color type_pair portrait_shape share_card"
    )
}
