using Microsoft.Extensions.AI;
using Sluice.Runtime.Providers;

namespace Sluice.Runtime.Recordings;

/// <summary>Another interpreter, whose answers are written down.</summary>
internal sealed class RecordInterpreter(Interpreter inner, string path, CassetteOptions options) : Interpreter
{
    private readonly Lock _gate = new();
    private CassetteWriter? _writer;

    internal override bool AnswersFreely => inner.AnswersFreely;

    internal override IChatClient? FindClient(ModelSpec model, string place, ModelClients models, ICollection<SpecError> problems)
    {
        var client = inner.FindClient(model, place, models, problems);
        var writer = Open(problems);
        return client is null || writer is null
            ? null
            : new RecordingChatClient(client, new ValuePatterns(options, SecretValues.Of(models.Spec)), writer);
    }

    public override string ToString() => $"record {inner}";

    private CassetteWriter? Open(ICollection<SpecError> problems)
    {
        lock (_gate)
        {
            if (_writer is not null) return _writer;
            try
            {
                if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
                {
                    throw new SluiceException(
                        ErrorCodes.InvalidCassette, $"The recording '{path}' cannot be written: there is no folder '{folder}'. Create it.");
                }

                return _writer = new(path, File.Exists(path) ? CassetteReader.Read(path) : null);
            }
            catch (SluiceException exception)
            {
                CassetteProblem.Add(problems, exception);
                return null;
            }
        }
    }
}
