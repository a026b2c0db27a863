"""Huiying 回应: hear grievances, answer every one in time, fix the cause."""
