using System.CommandLine;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Output;
using Sluice.Cli.Spec;
using Sluice.Storage;

namespace Sluice.Cli.Run;

/// <summary>The options that say which agents run, and who answers for them.</summary>
internal sealed class AgentOptions
{
    private readonly AgentPlace _place = new();
    private readonly DataSourceOptions _data;

    private readonly Option<string?> _interpreter = new("--interpreter")
    {
        Description = "Who answers in the model's place. Default: live models for --spec, whoever the app says for --app.",
        HelpName = RunInterpreter.Forms,
    };

    public AgentOptions(DataSourceOptions data) => _data = data;

    /// <summary>Who answers whatever the command line says; null, the default: there is an option for it.</summary>
    public Interpreter? FixedInterpreter { get; init; }

    public IEnumerable<Option> All => FixedInterpreter is null ? [.. _place.All, _interpreter] : _place.All;

    /// <summary>Opens the agents.</summary>
    /// <param name="invocation">What the command line says.</param>
    /// <param name="storage">Where runs are kept; null: where the app says, or in memory.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <exception cref="WrongUseException">The options name none, or two, or another tenant than theirs.</exception>
    /// <exception cref="SpecValidationException">The spec is invalid, or lacks what only code can give.</exception>
    /// <exception cref="SluiceException">The app or its data cannot be opened.</exception>
    public async Task<OpenAgents> OpenAsync(Invocation invocation, IRuntimeStorage? storage, CancellationToken cancellationToken)
    {
        var given = invocation.Get(_interpreter);
        var interpreter = given is null ? FixedInterpreter : RunInterpreter.Read(given);
        IReadOnlyList<string> again = given is null ? [] : [_interpreter.Name, given];
        if (_place.App(invocation) is { } app)
        {
            if (_data.AreGiven(invocation)) throw new WrongUseException("An app brings its own data.", "leave the options about data out, or run a --spec");
            var loaded = await new AppLoader(invocation.Terminal).LoadAsync(app, cancellationToken);
            AgentPlace.CheckTenant(invocation, loaded.App.Spec);
            var open = await loaded.App.OpenAsync(new() { Interpreter = interpreter, Storage = storage }, cancellationToken);
            return new(open.Runtime, open) { Arguments = ["--app", app, .. again] };
        }

        var file = _place.RequireSpec(invocation);
        if (given == "app") throw new WrongUseException("--interpreter app is for --app: a spec says nothing of who answers.", "use live, or another one");
        var spec = await SpecFile.ReadAsync(file, cancellationToken);
        AgentPlace.CheckTenant(invocation, spec);
        return await OpenAsync(invocation, spec, interpreter ?? Interpreter.Live, storage, ["--spec", file, .. again], cancellationToken);
    }

    private async Task<OpenAgents> OpenAsync(
        Invocation invocation, RuntimeSpec spec, Interpreter interpreter, IRuntimeStorage? storage, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var options = new RuntimeOptions { Interpreter = interpreter, Storage = storage, ModelProviders = [new OpenAIModelProvider()], Recovery = RunRecovery.None };
        var hasData = spec.Agents.Any(agent => agent.Toolkits.Contains("catalog"));
        if (!hasData && _data.AreGiven(invocation))
            throw new WrongUseException("The options about data are for agents with the toolkit 'catalog', and the spec has none.", "add \"toolkits\": [\"catalog\"] to an agent");
        var parts = new List<IAsyncDisposable>();
        try
        {
            if (hasData) options.DataEnvironment = Add(await _data.OpenAsync(invocation, spec.Tenant.ResourceId, cancellationToken)).Environment;
            var servers = Add(await McpServers.ConnectAsync(spec, cancellationToken: cancellationToken));
            foreach (var problem in servers.Problems) invocation.Terminal.Error.WriteLine(VisibleText.OfLine($"Not available: {problem}"));
            options.McpServers = servers;
            return new(SluiceRuntime.Create(spec, options), parts) { Arguments = hasData ? [.. arguments, .. _data.Arguments(invocation)] : arguments };
        }
        catch
        {
            foreach (var part in parts) await part.DisposeAsync();
            throw;
        }

        T Add<T>(T part)
            where T : IAsyncDisposable
        {
            parts.Add(part);
            return part;
        }
    }
}
