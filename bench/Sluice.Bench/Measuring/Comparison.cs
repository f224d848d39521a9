namespace Sluice.Bench.Measuring;

/// <summary>The same work done twice: bare, and by Sluice. The two take turns, so that whatever else the machine does hits both.</summary>
internal sealed record Comparison
{
    private const int WarmUps = 6;

    public required Cost Floor { get; init; }

    public required Cost Subject { get; init; }

    public static async Task<Comparison> RunAsync(Func<Task> floor, Func<Task> subject, long units, int rounds = 9, int warmUps = WarmUps)
    {
        for (var round = 0; round < warmUps; round++)
        {
            await floor();
            await subject();
            // The second tier of the compiler works in the background; the next round must run its code.
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }

        var floors = new Cost[rounds];
        var subjects = new Cost[rounds];
        for (var round = 0; round < rounds; round++)
        {
            floors[round] = await Cost.MeasureAsync(floor, units);
            subjects[round] = await Cost.MeasureAsync(subject, units);
        }

        return new() { Floor = Cost.Median(floors), Subject = Cost.Median(subjects) };
    }
}
