namespace Sluice;

/// <summary>The tools of a toolkit or an MCP server, which live outside the runtime. Rooms implement it, and a host gives them to the runtime.</summary>
/// <remarks>The runtime asks once, when it is created, and never disposes a provider: whoever opened it does.</remarks>
public interface IToolkitProvider
{
    /// <summary>The toolkit it serves, one of <see cref="BuiltInTools.ToolkitIds"/>; of an MCP server its name in the spec.</summary>
    string Id { get; }

    /// <summary>The resource id of the tenant whose data the tools work on; null: of whichever tenant the runtime has. One that differs from the spec's is refused.</summary>
    string? TenantId { get; }

    /// <summary>The kinds of references that the tools create, beside the spec's own. Where the spec registers a kind of the same name, the spec's holds.</summary>
    IReadOnlyList<ReferenceSpec> References { get; }

    /// <summary>The tools, each with a handler, under names that <see cref="BuiltInTools.Toolkits"/> reserves for the toolkit, or that begin with the MCP server's prefix.</summary>
    /// <param name="config">Which tools to keep and the toolkit's settings; null: all that there are, with their defaults.</param>
    /// <param name="problems">
    /// Takes what keeps tools from being made, such as an unknown setting (<c>invalid_config</c>) or a part of the data environment that is not
    /// there (<c>toolkit_unavailable</c>). The runtime is not created then.
    /// </param>
    IReadOnlyList<ToolSpec> CreateTools(ToolkitSpec? config, ICollection<SpecError> problems);
}
