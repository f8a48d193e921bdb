"""All tags of the kit under one name: `{% load zs %}`; each subject has its module in zhongshu/ui/tags."""

from django import template

from zhongshu.ui.tags import assets, charts, fields, frames, lists, marks

register = template.Library()

for part in (assets, charts, fields, frames, lists, marks):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
