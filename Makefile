# Every target is explained by `make help`; the work itself is in the script `run`, for machines without make.
TARGETS = run install test check fix drills kills engines bench shots practice lock help

.PHONY: $(TARGETS)
$(TARGETS):
	@./run $@

bench-%:
	@./run $@
