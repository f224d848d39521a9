using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Run;

/// <summary>Who decides on approval requests.</summary>
internal sealed class DeciderOption : Option<string?>
{
    public DeciderOption()
        : base("--decided-by")
    {
        Description = "Who decides, as it is recorded. Default: the name of this machine's user.";
        HelpName = "NAME";
    }

    public string Read(Invocation invocation) => invocation.Get(this) ?? Environment.UserName;
}
