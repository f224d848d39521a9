namespace Sluice;

/// <summary>
/// What a prompt is made of, in the order in which it is rendered. Each layer is a text, a list of texts (bullets), or any object (canonical
/// JSON); a list of objects has one line of JSON per bullet. Empty layers are left out.
/// </summary>
public sealed record PromptLayers
{
    /// <summary>Who the agent is and what it is for.</summary>
    public object? Identity { get; init; }

    /// <summary>How it talks to people.</summary>
    public object? Communication { get; init; }

    /// <summary>What it must do and in which order.</summary>
    public object? OperationalRules { get; init; }

    /// <summary>When to use which tool. The runtime adds the descriptions of the tools themselves.</summary>
    public object? Tools { get; init; }

    /// <summary>What it has to know of the domain.</summary>
    public object? DomainKnowledge { get; init; }

    /// <summary>What it must never do.</summary>
    public object? Safety { get; init; }

    /// <summary>What its answer looks like.</summary>
    public object? OutputFormat { get; init; }

    /// <summary>Good answers.</summary>
    public object? Examples { get; init; }
}
