using System.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.CommandLine;

/// <summary>The options of every command.</summary>
internal sealed class GlobalOptions
{
    /// <summary>The tenant when nobody names one.</summary>
    public const string DefaultTenant = "default";

    public Option<string?> DataEnvironment { get; } = new("--data-environment")
    {
        Description = "The file that says which data there is (.yaml, .yml, .json). Default: sluice.data.yaml, .yml or .json in this folder.",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "How results are written: text for people (the default), json as one document, ndjson as one event a line.",
        HelpName = "text|json|ndjson",
        Recursive = true,
    };

    public Option<string?> TenantId { get; } = new("--tenant-id")
    {
        Description = "Whose data. Default: the environment's tenant, else 'default'.",
        HelpName = "ID",
        Recursive = true,
    };

    public Option<string?> WorkspaceId { get; } = new("--workspace-id")
    {
        Description = "The tenant's workspace. Default: the environment's, else 'default'.",
        HelpName = "ID",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Show where an error came from.", Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours. The variable NO_COLOR does the same.", Recursive = true };

    public GlobalOptions() => Output.AcceptOnlyFromAmong(StringComparer.Ordinal, "text", "json", "ndjson");

    public IEnumerable<Option> All => [DataEnvironment, Output, TenantId, WorkspaceId, Verbose, NoColor];
}
