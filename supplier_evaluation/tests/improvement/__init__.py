# improvement
