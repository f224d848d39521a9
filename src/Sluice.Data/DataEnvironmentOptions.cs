using Microsoft.Extensions.AI;

namespace Sluice.Data;

/// <summary>How a data environment is opened.</summary>
public sealed class DataEnvironmentOptions
{
    /// <summary>What queries may touch. Default: every table of the database's own schema.</summary>
    public QueryGuard Guard { get; set; } = new();

    /// <summary>The tenant that will use it, which must be the environment's where that names one. Default: null, and the runtime checks its own.</summary>
    public TenantSpec? Tenant { get; set; }

    /// <summary>
    /// Makes vectors of the catalog's entries and of questions, so that search finds what is meant alike beside what is called alike. It gets names,
    /// descriptions and top values of what is indexed. Default: null, and search asks no model. It is not disposed.
    /// </summary>
    public IEmbeddingGenerator<string, Embedding<float>>? EmbeddingGenerator { get; set; }

    /// <summary>The clock of elapsed times and of how long a schema is remembered. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
