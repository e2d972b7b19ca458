package io.hermes.benchmark.measure;

/**
 * What one program cost during a run.
 *
 * @param program its name in the report
 * @param cpuSeconds of all its processes, user and system
 * @param peakBytes most resident memory of its largest process
 */
public record Usage(String program, double cpuSeconds, long peakBytes) {}
