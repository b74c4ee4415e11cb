from wagtail import hooks

from blog.rich_text import register_references

hooks.register("register_rich_text_features", register_references)
