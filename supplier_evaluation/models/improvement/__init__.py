# what follows from a grade: rewards, remediation, shares
