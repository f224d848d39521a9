using Sluice.Bench.Measuring;

namespace Sluice.Bench.Gates;

/// <summary>What was seen with a number of waiting runs.</summary>
internal sealed record GatesFigures
{
    public required double ParkedPerSecond { get; init; }

    public required double LiveBytes { get; init; }

    public required double DiskBytesPerRun { get; init; }

    public required double SaidBytesPerRun { get; init; }

    public required Cost FirstPage { get; init; }

    public required Cost Decision { get; init; }

    public required Cost Finishing { get; init; }
}
