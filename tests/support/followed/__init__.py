"""An independent reader: from the published page to the publisher's own file.

Nothing here uses the readers of the project or its table of figures. Each module says, for one
kind of publisher, in which files a figure stands, under which column and label of theirs, and
by which arithmetic it is worked out where they print only its parts.
"""
