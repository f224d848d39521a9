using Sluice.Bench.Measuring;

namespace Sluice.Bench.Profiling;

internal sealed record ProfilingFigures(Cost Floor, Cost Subject, Cost Unchanged, long ManagedBytes, long ResidentBytes, int Statements);
