using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sluice;

/// <summary>How an agent's tools are served over MCP.</summary>
public sealed record McpServingOptions
{
    /// <summary>What happens to calls that need an approval. Default: <see cref="McpApprovals.Ask"/>.</summary>
    public McpApprovals Approvals { get; init; }

    /// <summary>
    /// Whether a reference's resource is the whole value. Default: false, it is the envelope with the glimpse, as models see references elsewhere.
    /// </summary>
    public bool ReferenceValues { get; init; }

    /// <summary>Where the server logs. Over stdio nothing may log to standard output. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
