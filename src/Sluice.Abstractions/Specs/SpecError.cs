namespace Sluice;

/// <summary>One problem of a spec, a configuration or a JSON document.</summary>
/// <param name="Code">Stable snake_case code.</param>
/// <param name="Path">The place, such as <c>agents[1].routes[0]</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record SpecError(string Code, string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message} ({Code})";
}
