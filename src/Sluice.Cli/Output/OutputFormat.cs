namespace Sluice.Cli.Output;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>As one JSON document.</summary>
    Json,

    /// <summary>As JSON lines, one for each event.</summary>
    Ndjson,
}
