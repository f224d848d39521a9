using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Apps;

/// <summary>The app that a command is about.</summary>
internal sealed class AppOption : Option<string?>
{
    public AppOption(string forms = "a project, which is built first, a folder with one, or an assembly")
        : base("--app")
    {
        Description = $"The app: {forms}, with ':Type.Member' where one of several apps is meant.";
        HelpName = "APP";
    }

    /// <summary>What it names, where it has to be named.</summary>
    /// <exception cref="WrongUseException">It is missing.</exception>
    public string Require(Invocation invocation) => invocation.Get(this) ?? throw new WrongUseException("Which app? --app is missing.", invocation.Help);
}
