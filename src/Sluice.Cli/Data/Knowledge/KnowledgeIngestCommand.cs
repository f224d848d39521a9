using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data.Knowledge;

namespace Sluice.Cli.Data.Knowledge;

/// <summary><c>sluice data knowledge ingest</c>: the documents of a folder.</summary>
internal sealed class KnowledgeIngestCommand : SluiceCommand
{
    private readonly DataSourceOptions _source;
    private readonly Option<string> _databaseId = DatabaseIdOption.Create();
    private readonly Option<string> _folder = new("--source") { Description = "The folder that holds the documents.", HelpName = "DIR", Required = true };
    private readonly Option<string[]> _extensions = new("--ext")
    {
        Description = "How the names of documents end. Repeatable.",
        HelpName = "EXT",
        DefaultValueFactory = _ => ["md", "txt"],
    };

    private readonly Option<string[]> _appliesTo = new("--applies-to")
    {
        Description = "A table or column that all of them are about. Repeatable.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _removeMissing = new("--remove-missing") { Description = "Remove documents whose files are gone. Without it they are told and kept." };
    private readonly Option<bool> _extract = new("--extract-knowledge") { Description = "Have a model take statements out of documents that are new or changed. Needs --model." };
    private readonly Option<string?> _model = new("--model")
    {
        Description = "The model that extracts, such as claude-sonnet-4-6 or gpt-5. Its key is in ANTHROPIC_API_KEY or OPENAI_API_KEY.",
        HelpName = "MODEL",
    };

    public KnowledgeIngestCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "ingest", "Brings the documents of a folder into the catalog. Those that did not change are left as they are.",
            "sluice data knowledge ingest --database-id shop --source docs/data",
            "sluice data knowledge ingest --database-id shop --source docs --ext md --extract-knowledge --model claude-sonnet-4-6")
    {
        _source = source;
        foreach (var option in (Option[])[_databaseId, _folder, _extensions, _appliesTo, _removeMissing, _extract, _model]) Options.Add(option);
    }

    public override string AfterInterruption => "finished documents are in the catalog; run the command again to go on with the others";

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Get(_extract) && invocation.Get(_model) is null)
            throw new WrongUseException("--extract-knowledge needs --model.", "add --model claude-sonnet-4-6, with its key in ANTHROPIC_API_KEY");
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        session.RequireWritableCatalog();
        await using var extractor = invocation.Get(_extract) ? LiveModel.Create(session.Scope.TenantId, invocation.Get(_model)!) : null;
        var events = session.Environment.IngestKnowledgeAsync(session.Scope, ToOptions(invocation, extractor), cancellationToken);
        var last = await new EventOutput<IngestionEvent>(invocation, Describe).RunAsync(events, cancellationToken);
        if (last is not IngestionCompletedEvent done) return ExitCode.Failed;
        if (invocation.Format == OutputFormat.Text) WriteText(invocation.Terminal, done);
        return done.Errors == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private IngestionOptions ToOptions(Invocation invocation, LiveModel? extractor) => new()
    {
        DatabaseId = invocation.Get(_databaseId)!,
        SourceDirectory = invocation.Get(_folder)!,
        Extensions = invocation.Get(_extensions) ?? [],
        Targets = invocation.Get(_appliesTo) ?? [],
        RemoveMissing = invocation.Get(_removeMissing),
        Extractor = extractor?.Client,
    };

    private static ProgressStep Describe(IngestionEvent happened) => happened switch
    {
        IngestionStartedEvent started => new() { Total = started.Files, Line = $"{started.Files} files" },
        DocumentIngestedEvent done => new() { Done = 1, Current = done.Path, Line = LineOf(done) },
        DocumentUnchangedEvent unchanged => new() { Done = 1, Current = unchanged.Path, Line = $"{unchanged.Path}: unchanged" },
        DocumentSkippedEvent skipped => new() { Done = 1, IsProblem = true, Line = $"{skipped.Path}: skipped, {skipped.Reason}" },
        DocumentRemovedEvent removed => new() { IsProblem = true, Line = $"{removed.Path}: gone, {(removed.IsDeleted ? "removed" : "kept; --remove-missing removes it")}" },
        DocumentFailedEvent failed => new() { Done = 1, IsProblem = true, Line = $"{failed.Path}: failed, {failed.Error.Message} ({failed.Error.Code})" },
        _ => new(),
    };

    private static string LineOf(DocumentIngestedEvent done) =>
        $"{done.Path}: {(done.Change == DocumentChange.New ? "new" : "changed")}, {done.Bytes} bytes, {done.Parts} parts{(done.Statements > 0 ? $", {done.Statements} statements" : "")}";

    private static void WriteText(Terminal terminal, IngestionCompletedEvent done)
    {
        terminal.Out.WriteLine(
            $"{done.Scanned} scanned: {done.New} new, {done.Changed} changed, {done.Unchanged} unchanged, {done.Skipped} skipped, {done.Errors} failed; {done.Removed} gone.");
        if (done.Statements + done.DroppedStatements > 0)
            terminal.Out.WriteLine($"{done.Statements} statements extracted, {done.DroppedStatements} dropped; {done.Usage.InputTokens} tokens in, {done.Usage.OutputTokens} out.");
        foreach (var target in done.MissingTargets)
        {
            var near = target.Nearest.Count == 0 ? "" : $" Did you mean {string.Join(" or ", target.Nearest)}?";
            terminal.Error.WriteLine(VisibleText.OfLine($"There is no '{target.Name}'{(target.Path is { } path ? $", which {path} applies to" : "")}.{near}"));
        }
    }
}
