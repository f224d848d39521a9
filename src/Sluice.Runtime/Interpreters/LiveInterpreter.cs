using Microsoft.Extensions.AI;
using Sluice.Runtime.Providers;

namespace Sluice.Runtime.Interpreters;

/// <summary>The providers that serve the agents' models.</summary>
internal sealed class LiveInterpreter : Interpreter
{
    internal override bool AnswersFreely => true;

    internal override IChatClient? FindClient(ModelSpec model, string path, ModelClients models, ICollection<SpecError> problems) =>
        models.Find(model, path, problems);

    public override string ToString() => "live";
}
