using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Inference;
using Sluice.Data.Profiling.Measuring;
using Sluice.Data.Profiling.Writing;

namespace Sluice.Data.Profiling;

/// <summary>Profiles the target database of an environment: each table alone, then the tables with each other.</summary>
internal sealed class Profiler
{
    private readonly ITargetDatabase _database;
    private readonly ProfilingOptions _options;
    private readonly TimeProvider _time;
    private readonly SqlDialect _dialect;
    private readonly ProfileQueries _queries;
    private readonly CatalogSink _sink;
    private readonly StoredProfiles _stored;
    private readonly ProfileEntries _entries;

    /// <summary>Checks that this can be profiled at all. Nothing is read.</summary>
    /// <exception cref="SluiceException">It cannot.</exception>
    public Profiler(OpenDataEnvironment environment, DataScope scope, ProfilingOptions options)
    {
        ProfilingRules.Check(environment, scope, options);
        (_database, _options, _time) = (environment.TargetDatabase!, options, environment.Time);
        _dialect = SqlDialect.For(_database.Kind);
        _queries = new(_database, options.QueryTimeout);
        _sink = new(environment.Catalog, scope, options.DatabaseId);
        _stored = new(_sink, _dialect, options.DatabaseId);
        _entries = new(options.DatabaseId);
    }

    private int Concurrency => Math.Min(_options.Concurrency, _dialect.MostConcurrency);

    public async IAsyncEnumerable<ProfilingEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var schema = await _database.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var tables = ProfilingRules.Select(schema, _options.Tables);
        yield return new ProfilingStartedEvent { DatabaseId = _options.DatabaseId, Tables = tables.Count };
        var (profiled, skipped, failed) = (0, 0, 0);
        await foreach (var profilingEvent in ProfileTablesAsync(tables, cancellationToken).ConfigureAwait(false))
        {
            if (profilingEvent is TableProfiledEvent) profiled++;
            else if (profilingEvent is TableSkippedEvent) skipped++;
            else if (profilingEvent is TableFailedEvent) failed++;
            yield return profilingEvent;
        }

        yield return await RelateAsync(schema, tables, cancellationToken).ConfigureAwait(false);
        if (_options.Tables.Count == 0) await RemoveGoneAsync(schema, cancellationToken).ConfigureAwait(false);
        yield return new ProfilingCompletedEvent
        {
            Profiled = profiled,
            Skipped = skipped,
            Failed = failed,
            EntriesWritten = _sink.Written,
            EntriesRemoved = _sink.Removed,
            ElapsedMs = ElapsedMs(started),
        };
    }

    public async Task<ProfilingEstimate> EstimateAsync(CancellationToken cancellationToken)
    {
        var tables = ProfilingRules.Select(await _database.ReadSchemaAsync(cancellationToken).ConfigureAwait(false), _options.Tables);
        var estimates = new TableEstimate[tables.Count];
        await Parallel.ForAsync(0, tables.Count, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (i, token) =>
            estimates[i] = await EstimateAsync(tables[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        return ProfilingCosts.Estimate(estimates, _options);
    }

    private async Task<TableEstimate> EstimateAsync(TableDescription table, CancellationToken cancellationToken)
    {
        var estimate = new TableEstimate { Table = $"{table.Schema}.{table.Name}", Rows = null, Columns = table.Columns.Count, WouldBeSkipped = false };
        try
        {
            var known = await KnownAsync(table, cancellationToken).ConfigureAwait(false);
            var (rows, isUnchanged) = await TableProfilerOf().CheckAsync(table, known, cancellationToken).ConfigureAwait(false);
            return estimate with { Rows = rows, WouldBeSkipped = isUnchanged };
        }
        catch (SluiceException exception) when (exception.Code != ErrorCodes.StoreUnavailable)
        {
            return estimate with { Error = ErrorOf(exception) };
        }
    }

    /// <summary>Several tables at once. Stopping to ask for events stops them.</summary>
    private async IAsyncEnumerable<ProfilingEvent> ProfileTablesAsync(IReadOnlyList<TableDescription> tables, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateUnbounded<ProfilingEvent>(new() { SingleReader = true });
        var work = ProfileTablesAsync(tables, events.Writer, stop.Token);
        try
        {
            await foreach (var profilingEvent in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return profilingEvent;
            await work.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ProfileTablesAsync(IReadOnlyList<TableDescription> tables, ChannelWriter<ProfilingEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(tables, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (table, token) =>
            {
                var name = $"{table.Schema}.{table.Name}";
                await events.WriteAsync(new TableStartedEvent { Table = name }, token).ConfigureAwait(false);
                await events.WriteAsync(await ProfileAsync(table, name, token).ConfigureAwait(false), token).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        finally
        {
            events.Complete();
        }
    }

    private async Task<ProfilingEvent> ProfileAsync(TableDescription table, string name, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        TableProfile? profile;
        try
        {
            profile = await TableProfilerOf().ProfileAsync(table, await KnownAsync(table, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception.Code != ErrorCodes.StoreUnavailable)
        {
            await WriteFailureAsync(FailedTable.Of(table, _dialect, exception), cancellationToken).ConfigureAwait(false);
            return new TableFailedEvent { Table = name, Error = ErrorOf(exception) };
        }

        if (profile is null) return new TableSkippedEvent { Table = name, Reason = "unchanged" };
        await WriteAsync(profile, cancellationToken).ConfigureAwait(false);
        return new TableProfiledEvent { Table = name, Rows = profile.Rows, Columns = profile.Columns.Count, Findings = profile.Findings.Count, ElapsedMs = ElapsedMs(started) };
    }

    private async Task WriteAsync(TableProfile profile, CancellationToken cancellationToken)
    {
        var before = new List<CatalogEntry>();
        CatalogItemType[] types = [CatalogItemType.Column, CatalogItemType.EnumValue, CatalogItemType.DataQualityFinding];
        await foreach (var entry in _sink.ListAsync(types, profile.Table.Name, cancellationToken).ConfigureAwait(false))
            if (entry.Metadata.SchemaName == profile.Table.Schema && !RelationStage.IsOfThisStage(entry)) before.Add(entry);
        await _sink.ReplaceAsync(_entries.Of(profile), before, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was known of the table stays, and without a signature it is tried again each time.</summary>
    private async Task WriteFailureAsync(TableProfile failed, CancellationToken cancellationToken)
    {
        var entries = _entries.Of(failed);
        if (await _sink.GetAsync(entries[0].Id, cancellationToken).ConfigureAwait(false) is { } known && EntryMerge.IsOurs(known))
        {
            var extra = known.Metadata.Extra.ToDictionary();
            extra[ProfileEntries.Signature] = ProfileJson.Of(failed.Signature);
            entries = [known with { Metadata = known.Metadata with { Extra = extra } }, .. failed.Findings.Select(finding => _entries.OfFinding(failed.Table, finding))];
        }

        await _sink.ReplaceAsync(entries, before: [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was just found is read from the catalog as what was found before is, so that both lead to the same relations.</summary>
    private async Task<RelationsInferredEvent> RelateAsync(IReadOnlyList<TableDescription> schema, IReadOnlyList<TableDescription> tables, CancellationToken cancellationToken)
    {
        var known = new List<TableProfile>(schema.Count);
        foreach (var table in schema) known.Add(await _stored.ReadAsync(table, cancellationToken).ConfigureAwait(false));
        var stage = new RelationStage(_queries, _sink, _options, known);
        var (declared, inferred) = (0, 0);
        var selected = tables.ToHashSet(ReferenceEqualityComparer.Instance);
        await Parallel.ForEachAsync(
            known.Where(profile => selected.Contains(profile.Table)), new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (profile, token) =>
            {
                var relations = await stage.RunAsync(profile, token).ConfigureAwait(false);
                Interlocked.Add(ref declared, relations.Declared);
                Interlocked.Add(ref inferred, relations.Inferred);
            }).ConfigureAwait(false);
        return new() { Declared = declared, Inferred = inferred };
    }

    private async Task RemoveGoneAsync(IReadOnlyList<TableDescription> schema, CancellationToken cancellationToken)
    {
        var there = schema.Select(table => (table.Schema, table.Name)).ToHashSet();
        var gone = new List<string>();
        await foreach (var entry in _sink.ListAsync([], table: null, cancellationToken).ConfigureAwait(false))
            if (EntryMerge.IsOurs(entry) && entry.Metadata is { SchemaName: { } schemaName, TableName: { } table } && !there.Contains((schemaName, table))) gone.Add(entry.Id);
        await _sink.RemoveAsync(gone, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> KnownAsync(TableDescription table, CancellationToken cancellationToken) =>
        _options.Force ? null : await _stored.SignatureAsync(table, cancellationToken).ConfigureAwait(false);

    private TableProfiler TableProfilerOf() => new(_queries, _dialect, _options, DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime));

    private static ErrorInfo ErrorOf(SluiceException exception) => new() { Code = exception.Code, Message = exception.Message, Retryable = exception.Retryable };

    private long ElapsedMs(long started) => (long)_time.GetElapsedTime(started).TotalMilliseconds;
}
