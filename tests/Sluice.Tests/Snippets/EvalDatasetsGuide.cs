namespace Sluice.Tests.Snippets;

public static class EvalDatasetsGuide
{
    public static async Task<EvalDataset> ReadAsync(string path)
    {
        // snippet: evals-dataset-read
        var dataset = await EvalDataset.ReadAsync(path);
        var more = dataset with
        {
            Cases =
            [
                .. dataset.Cases,
                Define.TestCase("summer-sandals", "Which sandals sell best?", ["find_best_sellers"],
                    finalResponse: Define.FinalResponse([ResponseScorer.Contains("names-one", "Sandal", ignoreCase: true)])),
            ],
        };
        // end
        return more;
    }
}
