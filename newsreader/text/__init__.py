"""Text in, text out: foreign text made safe, folded for search, dates, URLs, Markdown.

Standard library only, but for Markdown, which markdown-it-py parses.
"""
