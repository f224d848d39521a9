namespace Sluice.Evals.Tests.Datasets;

/// <summary>One dataset with a value for every member, in both languages and spellings.</summary>
internal static class DatasetSamples
{
    public const string Json =
        """
        {
          "name": "inventory",
          "app": "../Inventory.csproj",
          "config": { "mode": "planner", "samplesPerCase": 2, "scoreWeights": { "plannedActions": 2 }, "limits": { "sampleTimeoutMs": 5000 } },
          "cases": [
            {
              "id": "winter",
              "input": "Mark slow winter items down.",
              "script": { "script": [{ "tool": "search_products", "args": { "season": "winter" } }, { "text": "done" }] },
              "expectedTrajectory": [
                "search_products",
                { "name": "store_plan", "arguments": { "percent": { "min": 10, "max": 30 } }, "argumentMatch": "range", "parallel": true }
              ],
              "trajectoryMode": "subsequence",
              "expectedActions": {
                "planned": [
                  { "kind": "discount", "payload": { "percent": 20, "is_final": true } },
                  { "kind": "hold", "payload": { "days": 3 } }
                ],
                "payloadMatch": "subset"
              },
              "finalResponse": {
                "scorers": [
                  { "type": "regex", "id": "percent", "pattern": "2\\d ?%", "ignoreCase": true },
                  { "type": "result_set", "id": "rows", "rows": [["a", 1.5, true, null]], "extraColumns": "refuse" },
                  { "type": "judge", "id": "tone", "criteria": "Is it polite?", "repeats": 3, "required": true, "weight": 2.5 }
                ],
                "passThreshold": 0.8
              },
              "tags": ["slow"],
              "sourceThreadId": "t1",
              "context": { "some_key": [1] },
              "approvals": "reject",
              "repeatThreshold": 1
            }
          ]
        }
        """;

    public const string Yaml =
        """
        # Comments are fine.
        name: inventory
        app: ../Inventory.csproj
        config:
          mode: planner
          samples_per_case: 2
          score_weights: { planned_actions: 2.0 }
          limits: { sample_timeout_ms: 5000 }
        cases:
          - id: winter
            input: Mark slow winter items down.
            script:
              script:
                - { tool: search_products, args: { season: winter } }
                - text: done
            expected_trajectory:
              - search_products
              - name: store_plan
                arguments: { percent: { min: 10, max: 30 } }
                argument_match: range
                parallel: true
            trajectory_mode: subsequence
            expected_actions:
              planned:
                - { type: discount, percent: 20, is_final: true }
                - { kind: hold, payload: { days: 3 } }
              payload_match: subset
            final_response:
              scorers:
                - { type: regex, id: percent, pattern: '2\d ?%', ignore_case: true }
                - { type: result_set, id: rows, rows: [[a, 1.5, true, null]], extra_columns: refuse }
                - { type: judge, id: tone, criteria: Is it polite?, repeats: 3.0, required: true, weight: 2.5 }
              pass_threshold: 0.8
            tags: [slow]
            source_thread_id: t1
            context: { some_key: [1] }
            approvals: reject
            repeat_threshold: 1
        """;
}
