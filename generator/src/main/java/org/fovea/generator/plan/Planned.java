package org.fovea.generator.plan;

/** A plan, and why it is this one. */
public record Planned(MemoryPlan plan, PlanSummary summary) {}
