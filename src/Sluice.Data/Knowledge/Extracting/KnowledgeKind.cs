namespace Sluice.Data.Knowledge.Extracting;

/// <summary>What a statement is.</summary>
internal enum KnowledgeKind
{
    /// <summary>What has to hold, or has to be done.</summary>
    Rule,

    /// <summary>What a word, a code or a value means.</summary>
    Definition,

    /// <summary>How a figure is computed.</summary>
    Metric,

    /// <summary>What leads to wrong answers when it is not known.</summary>
    Caveat,

    /// <summary>Anything else.</summary>
    Other,
}
