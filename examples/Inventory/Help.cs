namespace Inventory;

/// <summary>The text of <c>--help</c>.</summary>
internal static class Help
{
    public const string Text = """
        The main job of Sluice on generated retail data; without --live, no model and no key are needed:
        agents explore a retail database, propose a typed plan, wait for your approval, and change an operational database.

        Usage: dotnet run --project examples/Inventory -- [options]
               dotnet run --project examples/Inventory -- studio [--live] [--port NUMBER] [--help ...]   (the same as a web page)

          --approve ask|always|never  Who decides on the plan: you at the terminal (default), always yes, always no.
          --markdown PERCENT          The markdown that is asked for, 1 to 90. Default: 20. Try 60 to see a plan fail and be taken back.
          --policies DIR              The folder of the policy documents that planner and actions keep to. Default: those of this example.
          --live                      Let models do the job: needs ANTHROPIC_API_KEY or OPENAI_API_KEY in the environment, and costs money.
          --record FILE               Like --live; what the models answer is also written to FILE.
          --replay FILE               Like --live, with the answers of a recording: no call is made and no key is needed.
          --data DIR                  The folder of the databases. Default: .sluice/inventory beside Sluice.slnx, which git ignores;
                                      without the solution, .sluice/inventory in the current folder.
          --resume                    Only go on with a run that waits or was interrupted; without one nothing is done.
          --new                       Start anew: a run that waits or was interrupted is cancelled.
          --reset                     Forget earlier changes and runs: the operational database starts anew.
          --database PATH             Explore any SQLite file instead, with an analyst that can only read.
          --events                    Also print every event as a line of JSON; pick them out with: grep '^{'
          --help                      This text.

        Runs outlive the process. Kill it at any moment and start it again: it offers to go on with the run that waits or was interrupted,
        and without a terminal it goes on. Whoever decides elsewhere is heard: see examples/Approvals.

        Otherwise a start is a new run with a new plan. Products that an earlier plan has dealt with are left out, so the job can be repeated;
        when nothing is left, the sets are empty and the plan changes nothing: start with --reset then.

        Exit codes: 0 done, also when the plan was not approved; 1 the plan, the run or a database failed; 2 wrong options; 130 Ctrl+C.
        """;
}
