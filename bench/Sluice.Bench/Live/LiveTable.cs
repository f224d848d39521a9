using Sluice.Bench.Measuring;

namespace Sluice.Bench.Live;

/// <summary>Figures of all loops in a row, and under them how many times the first one's they are.</summary>
internal static class LiveTable
{
    public static void Title(string title, string unit) => Console.WriteLine($"\n{title} ({unit})");

    public static void Costs(string what, IReadOnlyList<(string Name, Cost Cost)> costs, Func<Cost, double> figure) =>
        Values(what, [.. costs.Select(cost => (cost.Name, figure(cost.Cost)))]);

    public static void Values(string what, IReadOnlyList<(string Name, double Value)> values)
    {
        Console.WriteLine($"{what,-20}{string.Concat(values.Select(value => $"{value.Name,18}"))}");
        Console.WriteLine($"{"",-20}{string.Concat(values.Select(value => $"{value.Value,18:N0}"))}");
        Console.WriteLine($"{"times raw HTTP",-20}{string.Concat(values.Select(value => $"{value.Value / values[0].Value,18:0.00}"))}");
        Console.WriteLine($"{"times SDK, messages",-20}{string.Concat(values.Select(value => $"{value.Value / values[1].Value,18:0.00}"))}");
    }
}
