"""The fuse box: settings, urls, wiring of jobs, commands, demo town. Contains no rule."""
