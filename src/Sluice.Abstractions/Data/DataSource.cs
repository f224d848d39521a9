using System.Text;

namespace Sluice.Data;

/// <summary>Where a part of a data environment is.</summary>
public sealed record DataSource
{
    /// <summary>The address: <c>sqlite:path</c>, <c>postgres://…</c>, <c>redis://…</c>. It may hold a password, and must not reach a log or an error as it is.</summary>
    public required string Url { get; init; }

    /// <summary>The schema within the database; null: the technology's own default.</summary>
    public string? Schema { get; init; }

    /// <summary>What keys begin with where several environments share a store; null: nothing.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether a missing schema of ours is made. Default: true. Never asked of a target database.</summary>
    public bool EnsureSchema { get; init; } = true;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Url = ***, Schema = {Schema}, Prefix = {Prefix}, EnsureSchema = {EnsureSchema}");
        return true;
    }
}
