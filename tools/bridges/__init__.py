"""The bridges to other apps, each tested in a database of its own.

There its other side is installed. The app's own tests run without any of them: it is
whole without the apps that it is bridged to.
"""
