namespace Sluice.Studio.Usage;

/// <summary>What calls of models used.</summary>
/// <param name="Name">The agent, the model or the day.</param>
/// <param name="Calls">The calls.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="CostUsd">What those with a known price cost, in US dollars.</param>
/// <param name="UnpricedCalls">The calls whose price is not known.</param>
internal sealed record UsageRow(string Name, int Calls, TokenUsage Tokens, decimal CostUsd, int UnpricedCalls);
