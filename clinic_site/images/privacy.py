"""Pictures: what is said of them is about nobody's visit. Their files are stripped as they come."""

NOT_PERSONAL = {
    "images.SiteImage": "title description file file_hash problem",
    "images.SiteRendition": "filter_spec file focal_point_key",
    "taggit.Tag": "name slug",
    "wagtailimages.Image": "title file description file_hash",
    "wagtailimages.Rendition": "filter_spec file focal_point_key",
}
