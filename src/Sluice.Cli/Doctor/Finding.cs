namespace Sluice.Cli.Doctor;

/// <summary>What was found of one thing that Sluice works with.</summary>
/// <param name="What">The thing.</param>
/// <param name="State">Whether it works.</param>
/// <param name="Detail">What was found, or what to do.</param>
internal sealed record Finding(string What, FindingState State, string Detail);
