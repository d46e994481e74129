# what a rule watches
