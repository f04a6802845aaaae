"""The screen: the only part of newsreader that knows Textual."""
