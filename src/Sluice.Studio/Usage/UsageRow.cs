namespace Sluice.Studio.Usage;

/// <summary>What calls of models used.</summary>
/// <param name="Name">The agent, the model or the day.</param>
/// <param name="Calls">The calls.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="CostUsd">What those with a known price cost, in US dollars.</param>
/// <param name="UnpricedCalls">The calls whose price is not known.</param>
internal sealed record UsageRow(string Name, int Calls, TokenUsage Tokens, decimal CostUsd, int UnpricedCalls)
{
    /// <summary>No calls.</summary>
    public static UsageRow None(string name) => new(name, 0, TokenUsage.Zero, 0, 0);

    /// <summary>One call more.</summary>
    public UsageRow Add(TraceSpan call) => Add(new UsageRow(Name, 1, call.Usage ?? TokenUsage.Zero, call.CostUsd ?? 0, call.CostUsd is null ? 1 : 0));

    /// <summary>The calls of another row too.</summary>
    public UsageRow Add(UsageRow other) => this with
    {
        Calls = Calls + other.Calls,
        Tokens = Tokens + other.Tokens,
        CostUsd = CostUsd + other.CostUsd,
        UnpricedCalls = UnpricedCalls + other.UnpricedCalls,
    };
}
