using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Enrichment;

namespace Sluice.Cli.Data.Profiling;

/// <summary><c>sluice data profile enrich</c>: has a model say what profiled tables mean.</summary>
internal sealed class ProfileEnrichCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;
    private readonly Option<string> _databaseId = DatabaseIdOption.Create();
    private readonly Option<string> _model = new("--model")
    {
        Description = "The model that describes, such as claude-sonnet-4-6 or gpt-5. Its key is in ANTHROPIC_API_KEY or OPENAI_API_KEY.",
        HelpName = "MODEL",
        Required = true,
    };

    private readonly Option<string[]> _tables = new("--table") { Description = "A table or view, with or without its schema. Repeatable. Default: all that are profiled.", HelpName = "NAME" };
    private readonly Option<bool> _estimate = new("--estimate") { Description = "Say what it would take and cost. Asks no model, and needs no key." };
    private readonly Option<int?> _maxTokens = new("--max-tokens") { Description = "The tokens after which no further table is begun. Default: no limit.", HelpName = "N" };
    private readonly Option<int> _concurrency = NumberOption.Create("--concurrency", "N", "The most tables at once, 1 to 32.", 1, EnrichmentOptions.MostConcurrency, byDefault: 4);
    private readonly Option<bool> _force = new("--force") { Description = "Describe tables anew that this model has described from the same profile." };

    public ProfileEnrichCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "enrich", "Has a model describe profiled tables: what they mean, other words for them, units, metrics. It is told names and statistics, never rows.",
            "sluice data profile enrich --database-id shop --model claude-sonnet-4-6 --estimate",
            "sluice data profile enrich --database-id shop --model claude-sonnet-4-6 --table orders --max-tokens 200000")
    {
        _source = source;
        foreach (var option in (Option[])[_databaseId, _model, _tables, _estimate, _maxTokens, _concurrency, _force]) Options.Add(option);
    }

    public override string AfterInterruption => "finished tables are in the catalog; run the command again to go on with the others";

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        session.RequireWritableCatalog();
        if (invocation.Get(_estimate))
        {
            Write(invocation, await session.Environment.EstimateEnrichmentAsync(session.Scope, ToOptions(invocation, model: null), cancellationToken));
            return ExitCode.Done;
        }

        await using var model = LiveModel.Create(session.Scope.TenantId, invocation.Get(_model)!);
        var events = session.Environment.EnrichAsync(session.Scope, ToOptions(invocation, model), cancellationToken);
        var last = await new EventOutput<EnrichmentEvent>(invocation, Describe).RunAsync(events, cancellationToken);
        if (last is not EnrichmentCompletedEvent done) return ExitCode.Failed;
        if (invocation.Format == OutputFormat.Text)
        {
            invocation.Terminal.Out.WriteLine(
                $"{done.Enriched} tables described, {done.Skipped} skipped, {done.Failed} failed; {done.Metrics} metrics; "
                + $"{done.Usage.InputTokens} tokens in, {done.Usage.OutputTokens} out.");
        }

        return done.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private EnrichmentOptions ToOptions(Invocation invocation, LiveModel? model)
    {
        var price = ModelTable.Default.Find(invocation.Get(_model)!);
        return new()
        {
            DatabaseId = invocation.Get(_databaseId)!,
            Client = model?.Client,
            Model = invocation.Get(_model),
            Tables = invocation.Get(_tables) ?? [],
            Concurrency = invocation.Get(_concurrency),
            MaxTokens = invocation.Get(_maxTokens),
            Force = invocation.Get(_force),
            InputPricePerMillion = price?.InputPerMillion,
            OutputPricePerMillion = price?.OutputPerMillion,
        };
    }

    private static void Write(Invocation invocation, EnrichmentEstimate estimate)
    {
        if (invocation.Format == OutputFormat.Json) invocation.Terminal.WriteJson(estimate);
        else if (invocation.Format == OutputFormat.Ndjson)
        {
            invocation.Terminal.WriteEvent(
                new { type = "completed", estimate.Tables, estimate.Skipped, estimate.Calls, estimate.InputTokens, estimate.OutputTokens, estimate.Cost });
        }
        else
        {
            var cost = estimate.Cost is { } known ? $", about {known:F2} USD" : ", at a price that is not known";
            invocation.Terminal.Out.WriteLine(
                $"{estimate.Tables} tables to describe, {estimate.Skipped} unchanged: {estimate.Calls} calls, about {estimate.InputTokens} tokens in, {estimate.OutputTokens} out{cost}.");
        }
    }

    private static ProgressStep Describe(EnrichmentEvent happened) => happened switch
    {
        EnrichmentStartedEvent started => new() { Total = started.Tables, Line = $"{started.Tables} tables of {started.DatabaseId}" },
        TableEnrichedEvent done => new() { Done = 1, Current = done.Table, Line = LineOf(done) },
        EnrichmentSkippedEvent skipped => new() { Done = 1, Line = $"{skipped.Table}: {skipped.Reason}" },
        EnrichmentFailedEvent failed => new() { Done = 1, IsProblem = true, Line = $"{failed.Table}: failed, {failed.Error.Message} ({failed.Error.Code})" },
        _ => new(),
    };

    private static string LineOf(TableEnrichedEvent done) =>
        $"{done.Table}: {done.Columns} columns, {done.Metrics} metrics{(done.Dropped.Count > 0 ? $", {done.Dropped.Count} proposals dropped" : "")}";
}
