"""Maps: classes, areas in words, the drawing, its legend and the ranked table beneath."""
